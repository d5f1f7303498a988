package dev.kith.examples.quickstart;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documentation comments of public types and methods with the compiler's own parser.
 * Nothing is compiled: the sources are parsed, so their dependencies need not be there.
 */
final class DocumentationReader extends TreePathScanner<@Nullable Void, String> {

  private final DocTrees trees;
  private final List<DocumentedElement> found = new ArrayList<>();
  private String packageName = "";

  private DocumentationReader(DocTrees trees) {
    this.trees = trees;
  }

  /** Returns the documented public types and methods of the given sources, in source order. */
  static List<DocumentedElement> read(Iterable<? extends JavaFileObject> sources)
      throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task =
        (JavacTask)
            compiler.getTask(null, null, problem -> {}, List.of("-proc:none"), null, sources);
    var reader = new DocumentationReader(DocTrees.instance(task));
    for (CompilationUnitTree source : task.parse()) {
      Tree name = source.getPackageName();
      reader.packageName = name == null ? "" : name.toString();
      reader.scan(source, "");
    }
    return List.copyOf(reader.found);
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, String owner) {
    if (!isPublic(type.getModifiers())) {
      return null;
    }
    String name = qualified(owner, type.getSimpleName().toString());
    add(name, true);
    return super.visitClass(type, name);
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, String owner) {
    boolean isConstructor = method.getReturnType() == null;
    if (isPublic(method.getModifiers()) && !isConstructor) {
      add(qualified(owner, method.getName().toString()), false);
    }
    return null;
  }

  private void add(String name, boolean isType) {
    DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
    if (comment == null) {
      return;
    }
    List<String> paragraphs = CommentText.paragraphs(comment, trees);
    if (!paragraphs.isEmpty()) {
      found.add(new DocumentedElement(packageName, name, isType, paragraphs));
    }
  }

  private boolean isPublic(ModifiersTree modifiers) {
    var flags = modifiers.getFlags();
    if (flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)) {
      return true;
    }
    Tree.Kind around = getCurrentPath().getParentPath().getLeaf().getKind();
    boolean inInterface = around == Tree.Kind.INTERFACE || around == Tree.Kind.ANNOTATION_TYPE;
    return inInterface && !flags.contains(Modifier.PRIVATE);
  }

  private static String qualified(String owner, String name) {
    return owner.isEmpty() ? name : owner + "." + name;
  }
}
