package dev.kith.examples.quickstart;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.SnippetTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the syntax tree of a documentation comment into the paragraphs that a reader would see.
 * Markup is dropped; code blocks, tables and headings are dropped with their content, because they
 * are not sentences.
 */
final class CommentText extends DocTreeScanner<@Nullable Void, @Nullable Void> {

  private static final Set<String> PARAGRAPH_BREAKS =
      Set.of("p", "div", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "section");
  private static final Set<String> LEFT_OUT =
      Set.of("pre", "table", "script", "style", "h1", "h2", "h3", "h4", "h5", "h6");

  private final DocTrees trees;
  private final List<String> paragraphs = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private int leftOutDepth;

  private CommentText(DocTrees trees) {
    this.trees = trees;
  }

  /** Returns the paragraphs of a comment's main text, without block tags such as {@code @param}. */
  static List<String> paragraphs(DocCommentTree comment, DocTrees trees) {
    var text = new CommentText(trees);
    text.scan(comment.getFullBody(), null);
    text.endParagraph();
    return List.copyOf(text.paragraphs);
  }

  @Override
  public @Nullable Void visitText(TextTree text, @Nullable Void unused) {
    append(text.getBody());
    return null;
  }

  @Override
  public @Nullable Void visitRawText(RawTextTree markdown, @Nullable Void unused) {
    boolean first = true;
    for (String line : markdown.getContent().lines().toList()) {
      if (line.isBlank() && !first) {
        endParagraph();
      }
      append(line.replace("`", ""));
      append(" ");
      first = false;
    }
    return null;
  }

  @Override
  public @Nullable Void visitEntity(EntityTree entity, @Nullable Void unused) {
    String characters = trees.getCharacters(entity);
    append(characters == null ? " " : characters);
    return null;
  }

  @Override
  public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
    append(literal.getBody().getBody());
    return null;
  }

  @Override
  public @Nullable Void visitLink(LinkTree link, @Nullable Void unused) {
    return link.getLabel().isEmpty()
        ? scan(link.getReference(), null)
        : scan(link.getLabel(), null);
  }

  @Override
  public @Nullable Void visitReference(ReferenceTree reference, @Nullable Void unused) {
    append(shortName(reference.getSignature()));
    return null;
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree inline, @Nullable Void unused) {
    append("Returns ");
    scan(inline.getDescription(), null);
    append(".");
    return null;
  }

  @Override
  public @Nullable Void visitSnippet(SnippetTree code, @Nullable Void unused) {
    return null;
  }

  @Override
  public @Nullable Void visitStartElement(StartElementTree element, @Nullable Void unused) {
    String name = element.getName().toString().toLowerCase(Locale.ROOT);
    if (LEFT_OUT.contains(name)) {
      endParagraph();
      leftOutDepth++;
    } else if (PARAGRAPH_BREAKS.contains(name)) {
      endParagraph();
    } else if (name.equals("br")) {
      append(" ");
    } else if (name.equals("sup")) {
      append("^");
    }
    return null;
  }

  @Override
  public @Nullable Void visitEndElement(EndElementTree element, @Nullable Void unused) {
    String name = element.getName().toString().toLowerCase(Locale.ROOT);
    if (LEFT_OUT.contains(name)) {
      leftOutDepth = Math.max(0, leftOutDepth - 1);
    } else if (PARAGRAPH_BREAKS.contains(name)) {
      endParagraph();
    }
    return null;
  }

  /** {@code java.util.Queue#offer(Object)} reads {@code Queue.offer}. */
  private static String shortName(String signature) {
    int parenthesis = signature.indexOf('(');
    String name = parenthesis < 0 ? signature : signature.substring(0, parenthesis);
    int hash = name.indexOf('#');
    String type = hash < 0 ? name : name.substring(0, hash);
    String member = hash < 0 ? "" : name.substring(hash + 1);
    String simpleType = type.substring(type.lastIndexOf('.') + 1);
    if (simpleType.isEmpty() || member.isEmpty()) {
      return simpleType + member;
    }
    return simpleType + "." + member;
  }

  private void append(String text) {
    if (leftOutDepth == 0) {
      paragraph.append(text);
    }
  }

  private void endParagraph() {
    String oneLine = Sentences.onOneLine(paragraph);
    if (!oneLine.isEmpty()) {
      paragraphs.add(oneLine);
    }
    paragraph.setLength(0);
  }
}
