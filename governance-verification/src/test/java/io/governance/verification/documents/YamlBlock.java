// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.governance.verification.SourceTree;

/**
 * YAML that a reader may copy: from a document, or from the demo's configuration.
 *
 * @param origin file and line
 * @param text the YAML
 */
record YamlBlock(String origin, String text) {

	private static final Pattern FENCED = Pattern.compile("^( *)```yaml\\s*\\n(.*?)^ *```",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern HEREDOC = Pattern.compile("^cat > \\S+\\.ya?ml <<'EOF'\\n(.*?)^EOF$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern COMMENTED = Pattern.compile("^( *)# ?( *(?:- )?[a-z][a-z0-9-]*:(?: .*)?)$",
			Pattern.MULTILINE);

	/**
	 * All YAML of the tree that is written for readers.
	 * @param tree the tree
	 * @return the blocks: fenced and here-documents in Markdown; the demo's configuration
	 * as it is, and with its examples taken out of their comments; the settings of
	 * programs
	 */
	static List<YamlBlock> all(SourceTree tree) {
		List<YamlBlock> blocks = new ArrayList<>();
		for (Path document : tree.documents()) {
			add(FENCED, 2, tree, document, blocks);
			add(HEREDOC, 1, tree, document, blocks);
		}
		for (Path file : SourceTree.files(tree.root().resolve("demo-apps/config"), ".yml")) {
			String text = SourceTree.read(file);
			blocks.add(new YamlBlock(name(tree, file), text));
			blocks.add(new YamlBlock(name(tree, file) + ", examples", COMMENTED.matcher(text).replaceAll("$1$2")));
		}
		tree.modulesWithCode()
			.stream()
			.flatMap((module) -> SourceTree.files(module.directory().resolve("src/main/resources"), ".yml").stream())
			.forEach((file) -> blocks.add(new YamlBlock(name(tree, file), SourceTree.read(file))));
		return blocks;
	}

	private static void add(Pattern pattern, int group, SourceTree tree, Path document, List<YamlBlock> blocks) {
		String text = SourceTree.read(document);
		Matcher matcher = pattern.matcher(text);
		while (matcher.find()) {
			long line = text.substring(0, matcher.start(group)).lines().count() + 1;
			blocks.add(new YamlBlock(name(tree, document) + ":" + line, matcher.group(group).stripIndent()));
		}
	}

	private static String name(SourceTree tree, Path file) {
		return tree.root().relativize(file).toString();
	}

	/**
	 * Whether there is nothing but comments.
	 */
	boolean isEmpty() {
		return this.text.lines().allMatch((line) -> line.isBlank() || line.startsWith("#"));
	}

	@Override
	public String toString() {
		return this.origin;
	}

}
