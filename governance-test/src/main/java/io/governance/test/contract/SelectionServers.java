// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The instances of {@code inventory} in a test: servers that answer with their number,
 * counted from 1.
 */
final class SelectionServers implements AutoCloseable {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final List<ScriptedUpstream> servers = new ArrayList<>();

	private final List<Map<String, String>> metadata = new ArrayList<>();

	SelectionServers(int size) {
		for (int number = 1; number <= size; number++) {
			this.servers.add(ScriptedUpstream.start());
			this.metadata.add(new TreeMap<>());
			isWell(number);
		}
	}

	SelectionServers metadata(int number, String key, String value) {
		this.metadata.get(number - 1).put(key, value);
		return this;
	}

	ScriptedUpstream server(int number) {
		return this.servers.get(number - 1);
	}

	void isWell(int number) {
		server(number).otherwise(Reply.status(200).body(String.valueOf(number)));
	}

	/**
	 * The instances for Spring Cloud's simple discovery client.
	 */
	List<String> properties() {
		List<String> properties = new ArrayList<>();
		IntStream.range(0, this.servers.size()).forEach((i) -> {
			String prefix = "spring.cloud.discovery.client.simple.instances.inventory[" + i + "].";
			properties.add(prefix + "uri=" + this.servers.get(i).uri());
			properties.add(prefix + "instance-id=inventory-" + (i + 1));
			this.metadata.get(i).forEach((key, value) -> properties.add(prefix + "metadata." + key + "=" + value));
		});
		return properties;
	}

	/**
	 * The first calls of an application may take too long, on a machine that is busy.
	 */
	void warmUp(SelectionClient client) {
		int status;
		int calls = 0;
		do {
			status = client.get(Map.of(), Map.of()).status();
			calls++;
		}
		while ((status == 502 || status == 504) && calls < 10);
	}

	/**
	 * What calls are answered with.
	 */
	Set<String> answers(SelectionClient client, int calls, Map<String, String> headers) {
		Set<String> answers = new HashSet<>();
		for (int i = 0; i < calls; i++) {
			answers.add(String.valueOf(client.get(headers, Map.of()).body()));
		}
		return answers;
	}

	int requests() {
		return this.servers.stream().mapToInt((server) -> server.requests().size()).sum();
	}

	void awaitRequests(int count) {
		long end = TimeSource.system().nanoTime() + PATIENCE_NANOS;
		while (requests() < count) {
			assertThat(TimeSource.system().nanoTime()).as("time to wait for requests").isLessThan(end);
			Thread.onSpinWait();
		}
	}

	/**
	 * A server that failed three times gets no more calls for a while.
	 */
	void assertLeftOut(SelectionClient client, int number) {
		answers(client, 9, Map.of());
		long end = TimeSource.system().nanoTime() + PATIENCE_NANOS;
		int before;
		do {
			assertThat(TimeSource.system().nanoTime()).as("time to be left out").isLessThan(end);
			before = server(number).requests().size();
			answers(client, 2 * this.servers.size(), Map.of());
		}
		while (server(number).requests().size() > before);
		assertThat(server(number).requests()).as("found out by a few").hasSizeLessThanOrEqualTo(10);
	}

	void awaitBack(SelectionClient client, int number, Duration patience) {
		long end = TimeSource.system().nanoTime() + patience.toNanos();
		int before = server(number).requests().size();
		while (server(number).requests().size() < before + 3) {
			assertThat(TimeSource.system().nanoTime()).as("time to come back").isLessThan(end);
			answers(client, this.servers.size(), Map.of());
		}
		assertThat(answers(client, 2 * this.servers.size(), Map.of())).contains(String.valueOf(number));
	}

	@Override
	public void close() {
		this.servers.forEach(ScriptedUpstream::close);
	}

}
