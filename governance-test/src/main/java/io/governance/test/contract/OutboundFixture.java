// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.governance.engine.PolicyEngine;
import io.governance.execution.retry.Backoff;
import io.governance.execution.retry.Budget;
import io.governance.execution.retry.FailbackTerms;
import io.governance.execution.retry.RetryRule;
import io.governance.execution.retry.RetryRuleType;
import io.governance.execution.timeout.TimeoutRule;
import io.governance.execution.timeout.TimeoutRuleType;
import io.governance.lease.Leases;
import io.governance.load.CpuLoad;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.process.ProcessResources;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.FakeInstances;
import io.governance.test.ProbeRule;
import io.governance.test.ProbeRuleType;
import io.governance.test.ScriptedUpstream;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Two upstreams, an engine and a client between them, for one test.
 */
final class OutboundFixture implements AutoCloseable {

	static final String SERVICE = "inventory";

	/** Rate limits are inbound unless they say otherwise. */
	static final Match OUTBOUND = new Match(Direction.OUTBOUND, SERVICE, List.of(), null, List.of(), Map.of(), Map.of(),
			null, Map.of());

	private static final Budget AMPLE = new Budget(1.0, 100);

	final ScriptedUpstream one = ScriptedUpstream.start();

	final ScriptedUpstream two = ScriptedUpstream.start();

	final ProbeRuleType callProbe = new ProbeRuleType(Stage.RATE_LIMIT);

	final ProbeRuleType attemptProbe = new ProbeRuleType(Stage.BULKHEAD);

	final Map<String, Object> beans = new HashMap<>();

	final PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), () -> 0L,
			new ProcessResources(CpuLoad.UNKNOWN, Leases.NONE, new BeansOfTest(this.beans)));

	final List<RuleDefinition<?>> written = new ArrayList<>();

	private final Function<OutboundSetting, OutboundClient> clients;

	private @Nullable FakeInstances instances;

	private int revision;

	OutboundFixture(Function<OutboundSetting, OutboundClient> clients) {
		this.clients = clients;
		write(new RuleDefinition<>(this.callProbe, "call", ProbeRule.any(), "test"));
		write(new RuleDefinition<>(this.attemptProbe, "attempt", ProbeRule.any(), "test"));
	}

	/**
	 * Adds a rule, and puts all of them in force.
	 */
	void write(RuleDefinition<?> rule) {
		this.written.add(rule);
		this.engine.apply(new RuleSet("r" + ++this.revision, this.written, EnforcementOverrides.NONE));
	}

	/**
	 * Puts the rules in force with a kill switch.
	 */
	void override(EnforcementOverrides overrides) {
		this.engine.apply(new RuleSet("r" + ++this.revision, this.written, overrides));
	}

	void timeout(@Nullable Duration total, @Nullable Duration perTry) {
		timeout(total, perTry, Duration.ofSeconds(1));
	}

	void connectTimeout(Duration connect) {
		timeout(Duration.ofSeconds(10), null, connect);
	}

	private void timeout(@Nullable Duration total, @Nullable Duration perTry, Duration connect) {
		write(new RuleDefinition<>(new TimeoutRuleType(), "test",
				new TimeoutRule(Match.ANY, Enforcement.ENFORCED, 0, total, perTry, connect), "test"));
	}

	void retry(String... retryOn) {
		retry(AMPLE, retryOn);
	}

	void retry(Budget budget, String... retryOn) {
		List<OutcomeMatch> conditions = Stream.of(retryOn).map(OutcomeMatch::parse).toList();
		Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));
		write(new RuleDefinition<>(new RetryRuleType(), "test",
				new RetryRule(Match.ANY, Enforcement.ENFORCED, 0, 2, conditions, false, backoff, budget,
						Duration.ofSeconds(5), 65_536L, RetryRule.Then.FAIL,
						new FailbackTerms(null, null, null, null, null, null)),
				"test"));
	}

	OutboundClient client() {
		return client(this.one.uri(), this.two.uri());
	}

	OutboundClient client(URI... addresses) {
		FakeInstances choice = new FakeInstances(List.of(addresses));
		this.instances = choice;
		return this.clients.apply(new OutboundSetting(this.engine, TimeSource.system(), "orders", choice));
	}

	List<FakeInstances.Pick> picks() {
		return (this.instances != null) ? this.instances.picks() : List.of();
	}

	/**
	 * An address at which nobody listens.
	 */
	static URI deadAddress() {
		ScriptedUpstream gone = ScriptedUpstream.start();
		gone.close();
		return gone.uri();
	}

	static OutboundClient.Answer get(OutboundClient client) {
		return client.send(OutboundClient.Request.of("GET", "/items"));
	}

	/**
	 * The rejection that a call ends with.
	 */
	static @Nullable CallRejectedException rejection(OutboundClient client) {
		Throwable thrown = catchThrowable(() -> get(client));
		return (thrown instanceof CallRejectedException rejected) ? rejected : null;
	}

	static @Nullable String reason(OutboundClient client) {
		CallRejectedException rejected = rejection(client);
		return (rejected != null) ? rejected.rejection().reason().name() : null;
	}

	long counted(String type, String decision) {
		return this.engine.counters()
			.stream()
			.filter((counter) -> counter.type().equals(type))
			.flatMap((counter) -> counter.counts().entrySet().stream())
			.filter((entry) -> entry.getKey().decision().equals(decision))
			.mapToLong((entry) -> entry.getValue().sum())
			.sum();
	}

	@Override
	public void close() {
		this.one.close();
		this.two.close();
	}

}
