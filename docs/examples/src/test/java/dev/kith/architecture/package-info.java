/** The rules of the house, and a test that each of them notices what it forbids. */
package dev.kith.architecture;
