// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.governance.observation.TraceHead;
import io.governance.observation.TracePolicy;
import io.governance.observation.TraceVerdict;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SamplingPolicyTests {

	private static final TraceHead NEW = TraceHead.none(0.5);

	private static final Outcome GOOD = Outcome.response(200, false, 1);

	private static final Outcome BAD = Outcome.response(500, false, 1);

	private final SamplingRuleType type = new SamplingRuleType();

	private final ManualTimeSource time = new ManualTimeSource();

	private final TestContext context = new TestContext("sampling/r", this.time);

	private static SamplingRule rule(@Nullable Double ratio, @Nullable Integer perSecond, @Nullable ErrorRaise errors) {
		return new SamplingRule(null, null, 0, ratio, perSecond, null, errors, "x-debug-trace");
	}

	private TracePolicy policy(SamplingRule rule) {
		return (TracePolicy) this.type.newPolicy(rule, this.context.context());
	}

	private TracePolicy changed(TracePolicy running, SamplingRule before, SamplingRule after) {
		return (TracePolicy) this.type.inherit(running, before, after, this.context.context());
	}

	private static long count(TracePolicy policy, TraceVerdict verdict, int calls) {
		return IntStream.range(0, calls).filter((i) -> policy.decide(null, NEW) == verdict).count();
	}

	@ParameterizedTest(name = "parent {0}: sampled {1} debug {2} header {3} trusted {4}: {5}")
	@CsvSource(nullValues = "-", textBlock = """
			HONOUR , true  , false , false , true  , PARENT
			HONOUR , false , false , false , true  , PARENT
			HONOUR , true  , true  , false , true  , DEBUG
			HONOUR , false , false , true  , true  , DEBUG
			HONOUR , -     , false , true  , true  , DEBUG
			HONOUR , -     , false , false , true  , NOT_SAMPLED
			HONOUR , true  , false , false , false , NOT_SAMPLED
			HONOUR , true  , true  , true  , false , NOT_SAMPLED
			IGNORE , true  , false , false , true  , NOT_SAMPLED
			IGNORE , true  , true  , false , true  , DEBUG
			""")
	void whatTheCallerSaysCountsWhereItIsTrusted(SamplingRule.Parent parent, @Nullable Boolean sampled, boolean debug,
			boolean header, boolean trusted, TraceVerdict expected) {
		TracePolicy policy = policy(new SamplingRule(null, null, 0, 0.0, 1, parent, null, "x-debug-trace"));
		FakeCall call = header ? FakeCall.at("orders").header("X-Debug-Trace", "1") : FakeCall.at("orders");
		assertThat(policy.decide(call, new TraceHead(sampled, debug, () -> trusted, 0))).isEqualTo(expected);
	}

	@Test
	void whetherTheCallerIsTrustedIsAskedOnlyWhereItMatters() {
		TracePolicy policy = policy(new SamplingRule(null, null, 0, 0.0, 1, null, null, "x-debug-trace"));
		AtomicInteger asked = new AtomicInteger();
		BooleanSupplier trust = () -> asked.incrementAndGet() > 0;
		policy.decide(FakeCall.at("orders"), new TraceHead(null, false, trust, 0));
		assertThat(asked).hasValue(0);
		policy.decide(FakeCall.at("orders"), new TraceHead(true, false, trust, 0));
		assertThat(asked).hasValue(1);
	}

	@Test
	void withoutADebugHeaderNoHeaderIsOne() {
		TracePolicy policy = policy(new SamplingRule(null, null, 0, 0.0, 1, null, null, null));
		assertThat(policy.decide(FakeCall.at("orders").header("x-debug-trace", "1"),
				new TraceHead(null, false, () -> true, 0)))
			.isEqualTo(TraceVerdict.NOT_SAMPLED);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.01, 0.1, 0.5, 0.9, 1 })
	void shareOfTracesIsTheRatio(double ratio) {
		int calls = 100_000;
		long sampled = count(policy(rule(ratio, 1_000_000, null)), TraceVerdict.SAMPLED, calls);
		double fiveSigma = 5 * Math.sqrt(calls * ratio * (1 - ratio));
		assertThat((double) sampled).isBetween(calls * ratio - fiveSigma, calls * ratio + fiveSigma);
	}

	@Test
	void withoutARatioThatOfTheProcessHolds() {
		TracePolicy policy = policy(rule(null, 1_000_000, null));
		assertThat(policy.decide(null, TraceHead.none(1))).isEqualTo(TraceVerdict.SAMPLED);
		assertThat(policy.decide(null, TraceHead.none(0))).isEqualTo(TraceVerdict.NOT_SAMPLED);
	}

	@Test
	void whatIsBeyondTheCapIsNotSampledAndSaysWhy() {
		TracePolicy policy = policy(rule(1.0, 50, null));
		assertThat(count(policy, TraceVerdict.SAMPLED, 100)).isEqualTo(5);
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.CAPPED);
		this.time.advance(Duration.ofMillis(20));
		assertThat(count(policy, TraceVerdict.SAMPLED, 100)).isEqualTo(1);
	}

	@Test
	void callsOfTrustedCallersUseNothingOfTheCap() {
		TracePolicy policy = policy(rule(1.0, 1, null));
		for (int i = 0; i < 100; i++) {
			assertThat(policy.decide(null, new TraceHead(true, false, () -> true, 0))).isEqualTo(TraceVerdict.PARENT);
			assertThat(policy.decide(null, new TraceHead(true, true, () -> true, 0))).isEqualTo(TraceVerdict.DEBUG);
		}
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
	}

	@Test
	void capHoldsWhenManyThreadsAsk() throws Exception {
		TracePolicy policy = policy(rule(1.0, 1_000, null));
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			Callable<Long> asking = () -> count(policy, TraceVerdict.SAMPLED, 5_000);
			long sampled = 0;
			for (Future<Long> asked : threads.invokeAll(Collections.nCopies(8, asking))) {
				sampled += asked.get();
			}
			assertThat(sampled).isEqualTo(100);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void ratioIsRaisedWhileErrorsAreFrequentAndFallsAgain() {
		TracePolicy policy = policy(rule(0.0, null, new ErrorRaise(0.1, 1.0, Duration.ofSeconds(10), 20)));
		end(policy, 18, GOOD);
		end(policy, 1, BAD);
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.NOT_SAMPLED);
		end(policy, 2, BAD);
		this.time.advance(Duration.ofMillis(100));
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
		assertThat(policy.state()).isEqualTo("errors=14% raised");
		end(policy, 30, GOOD);
		this.time.advance(Duration.ofMillis(100));
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.NOT_SAMPLED);
		assertThat(policy.state()).isEqualTo("errors=6%");
	}

	@Test
	void errorsAreForgottenAfterTheWindow() {
		TracePolicy policy = policy(rule(0.0, null, new ErrorRaise(0.1, 1.0, Duration.ofSeconds(10), 20)));
		end(policy, 100, BAD);
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
		this.time.advanceSeconds(9);
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
		this.time.advanceSeconds(1);
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.NOT_SAMPLED);
	}

	@Test
	void fewCallsAndCancelledOnesSayNothing() {
		TracePolicy policy = policy(rule(0.0, null, new ErrorRaise(0.1, 1.0, Duration.ofSeconds(10), 20)));
		end(policy, 19, Outcome.failure(Outcome.Kind.ERROR, null, 1));
		end(policy, 10, Outcome.failure(Outcome.Kind.CANCELLED, null, 1));
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.NOT_SAMPLED);
	}

	@Test
	void aRaisedRatioNeverLowersTheRules() {
		TracePolicy policy = policy(rule(1.0, 1_000_000, new ErrorRaise(0.0, 0.0, Duration.ofSeconds(10), 1)));
		end(policy, 1, BAD);
		assertThat(policy.decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
	}

	@Test
	void capKeepsItsStateThroughOtherChanges() {
		SamplingRule before = rule(1.0, 10, null);
		TracePolicy running = policy(before);
		assertThat(running.decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
		assertThat(changed(running, before, rule(0.9999999, 10, null)).decide(null, NEW))
			.isEqualTo(TraceVerdict.CAPPED);
		assertThat(changed(running, before, rule(1.0, 11, null)).decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
	}

	@Test
	void errorsKeepTheirStateThroughOtherChanges() {
		ErrorRaise errors = new ErrorRaise(0.1, 1.0, Duration.ofSeconds(10), 20);
		SamplingRule before = rule(0.0, 10, errors);
		TracePolicy running = policy(before);
		end(running, 20, BAD);
		assertThat(changed(running, before, rule(0.0, 20, errors)).decide(null, NEW)).isEqualTo(TraceVerdict.SAMPLED);
		assertThat(changed(running, before, rule(0.0, 20, new ErrorRaise(0.2, 1.0, Duration.ofSeconds(10), 20)))
			.decide(null, NEW)).isEqualTo(TraceVerdict.NOT_SAMPLED);
	}

	private static void end(TracePolicy policy, int calls, Outcome outcome) {
		for (int i = 0; i < calls; i++) {
			policy.ended(outcome);
		}
	}

}
