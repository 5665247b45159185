// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;

/**
 * Two upstreams that are the instances of several services, each with rules of its own,
 * and the application that calls them.
 */
final class BalancedFixture implements AutoCloseable {

	final ScriptedUpstream one = upstream("one", (request) -> {
	});

	final ScriptedUpstream two = upstream("two", (request) -> {
	});

	/** Gets copies of calls to {@code mirrored}. */
	final ScriptedUpstream shadow;

	final BlockingQueue<ReceivedRequest> copies = new LinkedBlockingQueue<>();

	final BalancedContract.Application application;

	BalancedFixture(Function<List<String>, BalancedContract.Application> starter) {
		this.shadow = upstream("shadow", this.copies::add);
		List<String> properties = new ArrayList<>(rules());
		properties.add(instance("shadow", 0, this.shadow.uri()));
		for (String service : BalancedContract.SERVICES) {
			properties.add(instance(service, 0, this.one.uri()));
			properties.add(instance(service, 1, this.two.uri()));
		}
		properties.add(instance("half-dead", 0, OutboundFixture.deadAddress()));
		properties.add(instance("half-dead", 1, this.two.uri()));
		properties.add("spring.application.name=orders");
		properties.add("governance.discovery.view.first-list-timeout=300ms");
		this.application = starter.apply(properties);
	}

	private static List<String> rules() {
		return List.of("governance.rules.retry.retrying.match.service=retrying",
				"governance.rules.retry.retrying.attempts=2",
				"governance.rules.retry.retrying.retry-on=503,connect,not-processed",
				"governance.rules.retry.retrying.backoff.base=5ms", "governance.rules.retry.retrying.budget.ratio=1.0",
				"governance.rules.retry.retrying.budget.min-per-second=100",
				"governance.rules.rate-limit.limited.match.service=limited",
				"governance.rules.rate-limit.limited.match.direction=outbound",
				"governance.rules.rate-limit.limited.limit=1", "governance.rules.rate-limit.limited.per=1h",
				"governance.rules.circuit-breaker.breaking.match.service=breaking",
				"governance.rules.circuit-breaker.breaking.failure-on=5xx",
				"governance.rules.circuit-breaker.breaking.minimum-calls=2",
				"governance.rules.circuit-breaker.breaking.window-size=2",
				"governance.rules.circuit-breaker.breaking.failure-rate=100",
				"governance.rules.circuit-breaker.breaking.open-for=5m",
				"governance.rules.timeout.slow.match.service=slow", "governance.rules.timeout.slow.total=300ms",
				// a few calls show that all instances are chosen
				"governance.rules.load-balancing.in-turn.algorithm=round-robin",
				"governance.rules.mirror.mirrored.match.service=mirrored",
				"governance.rules.mirror.mirrored.to.service=shadow",
				"governance.rules.mirror.mirrored.max-body-bytes=1000",
				"governance.rules.route.routed.match.service=routed", "governance.rules.route.routed.to[0].weight=1",
				"governance.rules.route.routed.request-headers.add.x-added=yes",
				"governance.rules.route.routed.request-headers.remove[0]=x-unwanted");
	}

	private static String instance(String service, int number, URI uri) {
		return "spring.cloud.discovery.client.simple.instances." + service + "[" + number + "].uri=" + uri;
	}

	private static ScriptedUpstream upstream(String name, Consumer<ReceivedRequest> listener) {
		return ScriptedUpstream.start().otherwise((request) -> {
			listener.accept(request);
			return reply(name, request);
		});
	}

	private static Reply reply(String name, ReceivedRequest request) {
		boolean first = "1".equals(request.header("x-governance-attempt"));
		return switch (request.path()) {
			case "/unwell" -> Reply.status(500);
			case "/busy-at-first" -> first ? Reply.status(503) : Reply.status(200).body(name);
			case "/refuses-at-first" ->
				first ? Reply.status(503).header("x-governance-not-processed", "true") : Reply.status(200).body(name);
			case "/hangs" -> Reply.hang();
			case "/hangs-when-copied" -> name.equals("shadow") ? Reply.hang() : Reply.status(200).body(name);
			case "/long" -> Reply.status(200).body(2_000_000);
			default -> Reply.status(200).body(name);
		};
	}

	/**
	 * Waits for the copy of a call.
	 */
	ReceivedRequest copy() {
		try {
			ReceivedRequest copy = this.copies.poll(10, TimeUnit.SECONDS);
			if (copy == null) {
				throw new IllegalStateException("no copy came");
			}
			return copy;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What both upstreams received at a path.
	 */
	List<ReceivedRequest> received(String path) {
		return Stream.of(this.one, this.two)
			.flatMap((upstream) -> upstream.requests().stream())
			.filter((request) -> request.path().equals(path))
			.toList();
	}

	@Override
	public void close() {
		this.application.close();
		this.one.close();
		this.two.close();
		this.shadow.close();
	}

}
