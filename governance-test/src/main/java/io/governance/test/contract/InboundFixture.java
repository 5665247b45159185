// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.execution.timeout.TimeoutRule;
import io.governance.execution.timeout.TimeoutRuleType;
import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.ratelimit.Pacing;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.policy.ratelimit.RateLimitRule.Scope;
import io.governance.policy.ratelimit.RateLimitRuleType;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.Rule;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.rule.RuleType;
import io.governance.test.ManualTimeSource;
import io.governance.test.ProbeRule;
import io.governance.test.ProbeRuleType;
import io.governance.test.lease.FakeLeaseStore;
import org.jspecify.annotations.Nullable;

/**
 * A running server and a client of it, for one contract.
 */
public final class InboundFixture implements AutoCloseable {

	private static final AtomicInteger revisions = new AtomicInteger();

	private final InboundSetup setup;

	private final InboundServer server;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/**
	 * Takes a server into use.
	 * @param setup what it was started with
	 * @param server the server
	 */
	public InboundFixture(InboundSetup setup, InboundServer server) {
		this.setup = setup;
		this.server = server;
	}

	/**
	 * The server's clock.
	 * @return the clock
	 */
	public ManualTimeSource time() {
		return this.setup.time();
	}

	/**
	 * The gate of the server's {@code /stream}.
	 * @return the gate
	 */
	public StreamGate gate() {
		return this.setup.gate();
	}

	/**
	 * The store of limits that the server's instances share.
	 * @return the store
	 */
	public FakeLeaseStore leases() {
		return this.setup.leases();
	}

	/**
	 * The server.
	 * @return the server
	 */
	public InboundServer server() {
		return this.server;
	}

	/**
	 * Puts rules in force, in place of all others.
	 * @param rules the rules
	 */
	public void apply(RuleDefinition<?>... rules) {
		this.server.engine()
			.apply(new RuleSet("test-" + revisions.incrementAndGet(), List.of(rules), EnforcementOverrides.NONE));
	}

	/**
	 * A rule with an id.
	 * @param type its type
	 * @param id its id
	 * @param rule the rule
	 * @param <R> the rule record
	 * @return the definition
	 */
	public static <R extends Rule> RuleDefinition<R> define(RuleType<R> type, String id, R rule) {
		return new RuleDefinition<>(type, id, rule, "test");
	}

	/**
	 * A limit of calls per ten seconds.
	 * @param limit how many
	 * @param path for which path; {@code null} for all
	 * @param key what is limited apart; {@code null} for nothing
	 * @param enforcement what the rule may do
	 * @return the rule, with id {@code limit}
	 */
	public static RuleDefinition<?> limit(long limit, @Nullable String path, @Nullable String key,
			Enforcement enforcement) {
		CallKey parsed = (key != null) ? CallKey.parse(key) : null;
		return define(new RateLimitRuleType(), "limit",
				new RateLimitRule(inbound(path), enforcement, 0, parsed, limit, Duration.ofSeconds(10), limit, null,
						null, Map.of(), false, 10_000, Scope.INSTANCE, OnStoreFailure.LOCAL_SHARE));
	}

	/**
	 * A limit of five calls per ten seconds that tells all callers of their quota.
	 * @param id its id
	 * @param key what is limited apart
	 * @param enforcement what the rule may do
	 * @return the rule
	 */
	public static RuleDefinition<?> telling(String id, String key, Enforcement enforcement) {
		return define(new RateLimitRuleType(), id,
				new RateLimitRule(inbound(null), enforcement, 0, CallKey.parse(key), 5, Duration.ofSeconds(10), 5L,
						null, null, Map.of(), true, 10_000, Scope.INSTANCE, OnStoreFailure.LOCAL_SHARE));
	}

	/**
	 * A limit that has calls wait for their turns.
	 * @param interval between two turns
	 * @param maxWait how long a call may wait
	 * @return the rule, with id {@code paced}
	 */
	public static RuleDefinition<?> paced(Duration interval, Duration maxWait) {
		return define(new RateLimitRuleType(), "paced",
				new RateLimitRule(inbound(null), Enforcement.ENFORCED, 0, null, 1, interval, 1L, new Pacing(maxWait),
						null, Map.of(), false, 10_000, Scope.INSTANCE, OnStoreFailure.LOCAL_SHARE));
	}

	/**
	 * A time for calls.
	 * @param total the time
	 * @param enforcement what the rule may do
	 * @return the rule, with id {@code total}
	 */
	public static RuleDefinition<?> timeout(Duration total, Enforcement enforcement) {
		return define(new TimeoutRuleType(), "total",
				new TimeoutRule(inbound(null), enforcement, 0, total, null, null));
	}

	static Match inbound(@Nullable String path) {
		return new Match(Direction.INBOUND, null, List.of(), path, List.of(), Map.of(), Map.of(), null, Map.of());
	}

	/**
	 * A rule that is like no other, so that its policy is the probe's own.
	 * @param probe its type
	 * @return the rule, with id {@code probe}
	 */
	public static RuleDefinition<?> probing(ProbeRuleType probe) {
		return define(probe, "probe", new ProbeRule(Match.ANY, Enforcement.ENFORCED, revisions.incrementAndGet()));
	}

	/**
	 * Makes a call.
	 * @param path the path
	 * @param headers names and values in turn
	 * @return the response
	 */
	public HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).build(), BodyHandlers.ofString());
	}

	/**
	 * Makes a call and leaves its body to be read.
	 * @param path the path
	 * @return the response
	 */
	public HttpResponse<InputStream> open(String path) {
		return send(request(path).build(), BodyHandlers.ofInputStream());
	}

	/**
	 * Begins a request.
	 * @param path the path
	 * @param headers names and values in turn
	 * @return the request
	 */
	public HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder builder = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.server.port() + path))
			.timeout(Duration.ofSeconds(30));
		List<String> all = new ArrayList<>(List.of(headers));
		return all.isEmpty() ? builder : builder.headers(all.toArray(String[]::new));
	}

	/**
	 * Sends a request.
	 * @param request the request
	 * @param handler takes the body
	 * @param <T> the body's type
	 * @return the response
	 */
	public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		try {
			return this.client.send(request, handler);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

}
