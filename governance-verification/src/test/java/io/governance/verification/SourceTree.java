// SPDX-License-Identifier: Apache-2.0

package io.governance.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tree that the tests are built in: its modules, as the poms list them, and its
 * files.
 */
public final class SourceTree {

	private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

	private static final Pattern PROFILES = Pattern.compile("<profiles>.*</profiles>", Pattern.DOTALL);

	private final Path root;

	private final List<Module> modules;

	private SourceTree(Path root) {
		this.root = root;
		this.modules = List.copyOf(modules(root));
	}

	/**
	 * Finds the tree around the working directory.
	 * @return the tree
	 * @throws IllegalStateException if there is none
	 */
	public static SourceTree find() {
		for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
			if (Files.exists(at.resolve("governance-bom/pom.xml"))) {
				return new SourceTree(at);
			}
		}
		throw new IllegalStateException("working directory: " + Path.of("").toAbsolutePath()
				+ " (expected: the project's root or a folder in it)");
	}

	private static List<Module> modules(Path directory) {
		List<Module> modules = new ArrayList<>();
		// what a profile adds is not part of every build
		Matcher matcher = MODULE.matcher(PROFILES.matcher(read(directory.resolve("pom.xml"))).replaceAll(""));
		while (matcher.find()) {
			Path module = directory.resolve(matcher.group(1));
			modules.add(new Module(module.getFileName().toString(), module));
			modules.addAll(modules(module));
		}
		return modules;
	}

	/**
	 * The root of the tree.
	 * @return the directory
	 */
	public Path root() {
		return this.root;
	}

	/**
	 * All modules.
	 * @return the modules, in the order of the build
	 */
	public List<Module> modules() {
		return this.modules;
	}

	/**
	 * All modules that have code.
	 * @return the modules, in the order of the build
	 */
	public List<Module> modulesWithCode() {
		return this.modules.stream().filter(Module::hasCode).toList();
	}

	/**
	 * A module by its name.
	 * @param name the name of its directory
	 * @return the module
	 */
	public Module module(String name) {
		return this.modules.stream().filter((module) -> module.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * The documents: the README, the house rules and everything below {@code docs}.
	 * @return Markdown files, sorted
	 */
	public List<Path> documents() {
		List<Path> documents = new ArrayList<>(
				List.of(this.root.resolve("README.md"), this.root.resolve("CONTRIBUTING.md")));
		documents.addAll(files(this.root.resolve("docs"), ".md"));
		return documents;
	}

	/**
	 * Files below a directory.
	 * @param directory where to look
	 * @param suffix how their names end
	 * @return the files, sorted; empty if there is no such directory
	 */
	public static List<Path> files(Path directory, String suffix) {
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile)
				.filter((file) -> file.toString().endsWith(suffix))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The text of a file.
	 * @param file the file
	 * @return its text
	 */
	public static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes a file, with the directories that it needs.
	 * @param file the file
	 * @param text its new text
	 */
	public static void write(Path file, String text) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A module of the build.
	 *
	 * @param name the name of its directory
	 * @param directory where it lies
	 */
	public record Module(String name, Path directory) {

		/**
		 * Where its compiled main classes and resources lie.
		 * @return the directory
		 */
		public Path classes() {
			return this.directory.resolve("target/classes");
		}

		/**
		 * Where its compiled tests lie.
		 * @return the directory, where there are any
		 */
		public Path testClasses() {
			return this.directory.resolve("target/test-classes");
		}

		/**
		 * Whether it has main code.
		 * @return whether there is any
		 */
		public boolean hasCode() {
			return !files(this.directory.resolve("src/main/java"), ".java").isEmpty();
		}

		/**
		 * Whether it is a part of the demo.
		 * @return whether it is
		 */
		public boolean isDemo() {
			return this.directory.getParent().endsWith("demo-apps");
		}

		/**
		 * Whether it is one of the starters.
		 * @return whether it is
		 */
		public boolean isStarter() {
			return this.name.startsWith("governance-starter");
		}

	}

}
