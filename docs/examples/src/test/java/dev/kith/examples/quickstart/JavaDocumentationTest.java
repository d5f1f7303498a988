package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaDocumentationTest {

  private static final String LONG =
      "Does something that takes more than one hundred and twenty characters to tell, and which is"
          + " for that reason a method worth finding.";

  @TempDir Path folder;
  private Path javaHome;
  private Path sources;

  @BeforeEach
  void makeJdk() throws IOException {
    javaHome = Files.createDirectories(folder.resolve("jdk"));
    sources = Files.createDirectory(javaHome.resolve("lib")).resolve("src.zip");
  }

  @Test
  void typesAndWellDescribedMethodsArePassagesTheRestIsUnseen() throws IOException {
    zip(
        sources,
        "java.base/java/a/B.java",
        """
        package java.a;
        /** Short. */
        public class B {
          /** %s */
          public void described() {}
          /** %s And again. */
          public void described(int overload) {}
          /** Tells little. More. */
          public void brief() {}
        }
        """
            .formatted(LONG, LONG.replace("Does", "Also does")));
    var contents = JavaDocumentation.find(javaHome, Optional.empty()).read();
    assertThat(contents.passages())
        .containsExactly(
            new Passage("java.a.B", "B", "Short."),
            new Passage("java.a.B.described", "B.described", LONG));
    assertThat(contents.unseen())
        .containsExactly(LONG.replace("Does", "Also does"), "Tells little.");
  }

  @Test
  void withoutSourcesTakesTheSubstitute() throws IOException {
    Path substitute = folder.resolve("some-sources.jar");
    zip(substitute, "org/some/C.java", "package org.some; /** Text. */ public class C {}");
    var documentation = JavaDocumentation.find(javaHome, Optional.of(substitute));
    assertThat(documentation.description()).contains("some-sources.jar");
    assertThat(documentation.read().passages())
        .containsExactly(new Passage("org.some.C", "C", "Text."));
  }

  @Test
  void aDanglingLinkCountsAsNoSources() throws IOException {
    Files.createSymbolicLink(sources, folder.resolve("gone.zip"));
    assertThatThrownBy(() -> JavaDocumentation.find(javaHome, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("src.zip");
  }

  private static void zip(Path file, String name, String content) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(file);
        var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }
}
