package dev.kith.examples.quickstart;

import java.util.List;

/**
 * A public type or member with its documentation.
 *
 * @param packageName the package: {@code java.util}; empty for the unnamed one
 * @param name the name inside the package, of a member with its type: {@code List.of}
 * @param isType whether this is a class, interface, enum, record or annotation
 * @param paragraphs the main text of its documentation comment; never empty
 */
record DocumentedElement(String packageName, String name, boolean isType, List<String> paragraphs) {

  String qualifiedName() {
    return packageName.isEmpty() ? name : packageName + "." + name;
  }
}
