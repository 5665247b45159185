// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.outside;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import io.governance.verification.SourceTree;
import io.governance.verification.SourceTree.Module;

import org.springframework.util.FileSystemUtils;

/**
 * A Maven repository of this build's artifacts beside links to everything that the user's
 * own repository already has. So nothing of ours gets into the user's repository, nothing
 * is downloaded twice, and no network is needed where the build needed none. (Maven 3.8
 * knows no second local repository.)
 */
final class LinkedRepository {

	private static final Path GROUP = Path.of("io", "governance");

	private final SourceTree tree;

	private final Path directory;

	private final String version;

	private LinkedRepository(SourceTree tree, Path directory, String version) {
		this.tree = tree;
		this.directory = directory;
		this.version = version;
	}

	/**
	 * Makes the repository anew, below this module's {@code target}, and puts the suite
	 * into it.
	 * @param tree the tree, compiled
	 * @param version the version of this build
	 * @return its directory
	 */
	static Path create(SourceTree tree, String version) throws IOException {
		Path directory = tree.module("governance-verification").directory().resolve("target/outside-repository");
		// deletes links, not what they lead to
		FileSystemUtils.deleteRecursively(directory);
		LinkedRepository repository = new LinkedRepository(tree, directory, version);
		repository.link(users(), directory, GROUP);
		repository.install("governance-parent", tree.root().resolve("pom.xml"));
		repository.install("governance-bom", tree.module("governance-bom").directory().resolve(".flattened-pom.xml"));
		for (Module module : tree.modulesWithCode()) {
			if (module.isStarter() || List.of("governance-core", "governance-spring").contains(module.name())) {
				repository.install(module.name(), module.directory().resolve("pom.xml"));
				repository.installJar(module);
			}
		}
		return directory;
	}

	/**
	 * The repository of the Maven that runs this test, as Surefire says.
	 */
	private static Path users() {
		String directory = System.getProperty("localRepository");
		return (directory != null) ? Path.of(directory) : Path.of(System.getProperty("user.home"), ".m2", "repository");
	}

	/**
	 * Links all children but the one that is on the way to the excluded directory.
	 */
	private void link(Path from, Path to, Path excluded) throws IOException {
		Files.createDirectories(to);
		Path name = excluded.getName(0);
		try (Stream<Path> children = Files.list(from)) {
			for (Path child : children.filter(Files::isDirectory).toList()) {
				if (!child.getFileName().equals(name)) {
					Files.createSymbolicLink(to.resolve(child.getFileName()), child.toAbsolutePath());
				}
			}
		}
		if (excluded.getNameCount() > 1 && Files.isDirectory(from.resolve(name))) {
			link(from.resolve(name), to.resolve(name), excluded.subpath(1, excluded.getNameCount()));
		}
	}

	private void install(String artifact, Path pom) throws IOException {
		Path target = file(artifact, "pom");
		Files.createDirectories(target.getParent());
		Files.copy(pom, target);
	}

	/**
	 * What the build packed, or, where tests run before anything is packed, the classes.
	 */
	private void installJar(Module module) throws IOException {
		Path packed = module.directory().resolve("target/" + module.name() + "-" + this.version + ".jar");
		Path target = file(module.name(), "jar");
		if (Files.exists(packed) && !isOlder(packed, module.classes())) {
			Files.copy(packed, target);
			return;
		}
		try (OutputStream file = Files.newOutputStream(target); JarOutputStream jar = new JarOutputStream(file)) {
			for (Path entry : SourceTree.files(module.classes(), "")) {
				jar.putNextEntry(new JarEntry(module.classes().relativize(entry).toString().replace('\\', '/')));
				Files.copy(entry, jar);
				jar.closeEntry();
			}
		}
	}

	private static boolean isOlder(Path packed, Path classes) throws IOException {
		for (Path entry : SourceTree.files(classes, "")) {
			if (Files.getLastModifiedTime(entry).compareTo(Files.getLastModifiedTime(packed)) > 0) {
				return true;
			}
		}
		return false;
	}

	private Path file(String artifact, String extension) {
		return this.directory.resolve(GROUP)
			.resolve(artifact)
			.resolve(this.version)
			.resolve(artifact + "-" + this.version + "." + extension);
	}

}
