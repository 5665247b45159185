// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.governance.configserver.directory.RevisionSource;

import org.springframework.boot.SpringApplication;
import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The config server, in this process, with a directory.
 */
final class RunningServer implements AutoCloseable {

	private final Path directory;

	private ConfigurableApplicationContext context;

	private int port;

	private final List<String> more;

	private RunningServer(int port, Path directory, String... more) {
		this.more = List.of(more);
		this.port = port;
		this.directory = directory;
		start();
	}

	/**
	 * @param port the port, or 0 for a free one
	 */
	static RunningServer on(int port, Path directory, String... more) {
		return new RunningServer(port, directory, more);
	}

	void start() {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=" + this.port, "--governance.config-server.directory=" + this.directory));
		arguments.addAll(this.more);
		this.context = new SpringApplication(ConfigServerApplication.class).run(arguments.toArray(String[]::new));
		this.port = Integer.parseInt(this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	String address() {
		return "http://127.0.0.1:" + this.port;
	}

	void write(String name, String text) {
		try {
			Files.writeString(this.directory.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void delete(String name) {
		try {
			Files.delete(this.directory.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String revision() {
		return this.context.getBean(RevisionSource.class).revision("orders", "default");
	}

	boolean serves(String file) {
		return this.context.getBean(EnvironmentRepository.class)
			.findOne("orders", "default", null)
			.getPropertySources()
			.stream()
			.anyMatch((source) -> source.getName().startsWith(file));
	}

	@Override
	public void close() {
		this.context.close();
	}

}
