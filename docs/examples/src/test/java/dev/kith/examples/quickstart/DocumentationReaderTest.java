package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationReaderTest {

  @Test
  void findsPublicTypesAndMethodsInSourceOrder() throws IOException {
    var found =
        read(
            """
            package a.b;
            /** A type. */
            public class Outer {
              /** A field. */
              public int field;
              /** A constructor. */
              public Outer() {}
              /** A method. */
              public void open() {}
              /** For subclasses. */
              protected void forSubclasses() {}
              /** Hidden. */
              void hidden() {}
              public void undocumented() {}
              /** A nested type. */
              public enum Nested { ONE }
            }
            """);
    assertThat(found)
        .containsExactly(
            new DocumentedElement("a.b", "Outer", true, List.of("A type.")),
            new DocumentedElement("a.b", "Outer.open", false, List.of("A method.")),
            new DocumentedElement("a.b", "Outer.forSubclasses", false, List.of("For subclasses.")),
            new DocumentedElement("a.b", "Outer.Nested", true, List.of("A nested type.")));
    assertThat(found.getLast().qualifiedName()).isEqualTo("a.b.Outer.Nested");
  }

  @Test
  void membersOfAnInterfaceArePublicUnlessPrivate() throws IOException {
    var found =
        read(
            """
            public interface Shape {
              /** The area. */
              double area();
              /** For itself. */
              private void own() {}
              /** A round one. */
              class Circle {}
            }
            """);
    assertThat(found)
        .extracting(DocumentedElement::qualifiedName)
        .containsExactly("Shape.area", "Shape.Circle");
  }

  @Test
  void publicMembersOfHiddenTypesAreHidden() throws IOException {
    assertThat(read("class Hidden { /** No. */ public void a() {} }")).isEmpty();
  }

  @Test
  void commentsWithoutTextDoNotCount() throws IOException {
    assertThat(read("/** @since 1 */ public class A { /** {@inheritDoc} */ public void b() {} }"))
        .isEmpty();
  }

  private static List<DocumentedElement> read(String source) throws IOException {
    return DocumentationReader.read(List.of(new InlineSource(source)));
  }
}
