// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.outside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.governance.verification.SourceTree;

/**
 * A Maven project of outside applications, with Spring Boot's parent and our version
 * list.
 */
final class OutsideProject {

	private static final String HEAD = """
			<?xml version="1.0" encoding="UTF-8"?>
			<project xmlns="http://maven.apache.org/POM/4.0.0">
				<modelVersion>4.0.0</modelVersion>
			""";

	private final Path directory;

	private final Path repository;

	private final String version;

	private final String springBoot;

	private OutsideProject(SourceTree tree, Path directory) throws IOException {
		String pom = SourceTree.read(tree.root().resolve("pom.xml"));
		this.version = find(pom, "<artifactId>governance-parent</artifactId>\\s*<version>([^<]+)<");
		this.springBoot = find(pom, "<spring-boot.version>([^<]+)<");
		this.directory = Files.createDirectories(directory.resolve("project"));
		this.repository = LinkedRepository.create(tree, this.version);
	}

	/**
	 * Writes and builds applications.
	 * @param tree the tree, compiled
	 * @param directory an empty directory outside of it
	 * @param applications the applications
	 * @return the built project
	 */
	static OutsideProject build(SourceTree tree, Path directory, List<OutsideApplication> applications)
			throws IOException, InterruptedException {
		OutsideProject project = new OutsideProject(tree, directory);
		project.write(applications);
		project.build();
		return project;
	}

	Path jar(OutsideApplication application) {
		return this.directory.resolve(application.name() + "/target/" + application.name() + "-1.jar");
	}

	private static String find(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		if (!matcher.find()) {
			throw new IllegalStateException("root pom: no match (expected: " + pattern + ")");
		}
		return matcher.group(1);
	}

	private void write(List<OutsideApplication> applications) throws IOException {
		SourceTree.write(this.directory.resolve("pom.xml"),
				HEAD + """
							<parent>
								<groupId>org.springframework.boot</groupId>
								<artifactId>spring-boot-starter-parent</artifactId>
								<version>%s</version>
								<relativePath/>
							</parent>
							<groupId>outside</groupId>
							<artifactId>outside</artifactId>
							<version>1</version>
							<packaging>pom</packaging>
							<modules>%s</modules>
							<dependencyManagement>
								<dependencies>
									<dependency>
										<groupId>io.governance</groupId>
										<artifactId>governance-bom</artifactId>
										<version>%s</version>
										<type>pom</type>
										<scope>import</scope>
									</dependency>
								</dependencies>
							</dependencyManagement>
						</project>
						""".formatted(this.springBoot,
						applications.stream()
							.map((application) -> "<module>" + application.name() + "</module>")
							.collect(Collectors.joining()),
						this.version));
		for (OutsideApplication application : applications) {
			write(application);
		}
	}

	private void write(OutsideApplication application) throws IOException {
		Path module = this.directory.resolve(application.name());
		StringBuilder dependencies = new StringBuilder();
		application.springStarters()
			.forEach((starter) -> dependencies.append(dependency("org.springframework.boot", starter)));
		if (application.starter() != null) {
			dependencies.append(dependency("io.governance", "governance-starter-" + application.starter()));
		}
		SourceTree.write(module.resolve("pom.xml"), HEAD + """
					<parent>
						<groupId>outside</groupId>
						<artifactId>outside</artifactId>
						<version>1</version>
					</parent>
					<artifactId>%s</artifactId>
					<dependencies>%s</dependencies>
					<build>
						<plugins>
							<plugin>
								<groupId>org.springframework.boot</groupId>
								<artifactId>spring-boot-maven-plugin</artifactId>
							</plugin>
						</plugins>
					</build>
				</project>
				""".formatted(application.name(), dependencies));
		Path java = module.resolve("src/main/java/outside");
		SourceTree.write(java.resolve("OutsideApplication.java"), resource("OutsideApplication.java.txt"));
		if (!application.code().isEmpty()) {
			SourceTree.write(java.resolve(application.code() + ".java"),
					resource(application.kind().folder() + "/" + application.code() + ".java.txt"));
		}
		SourceTree.write(module.resolve("src/main/resources/application.yml"),
				resource(application.settings() + ".yml"));
	}

	private static String dependency(String group, String artifact) {
		return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId></dependency>";
	}

	private static String resource(String name) throws IOException {
		try (InputStream stream = OutsideProject.class.getResourceAsStream("/outside/" + name)) {
			return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private void build() throws IOException, InterruptedException {
		Path maven = Path.of(System.getProperty("maven.home"), "bin", "mvn");
		Path log = this.directory.resolve("build.log");
		ProcessBuilder builder = new ProcessBuilder(maven.toString(), "-B", "-q", "-ntp", "-T2",
				"-Dmaven.repo.local=" + this.repository, "-Dmaven.test.skip=true", "package")
			.directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		Process process = builder.start();
		boolean ended = process.waitFor(5, TimeUnit.MINUTES);
		process.destroyForcibly();
		if (!ended || process.exitValue() != 0) {
			throw new IllegalStateException("outside applications: not built\n" + SourceTree.read(log));
		}
	}

}
