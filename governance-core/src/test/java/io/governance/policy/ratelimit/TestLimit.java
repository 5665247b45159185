// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.policy.ratelimit.RateLimitRule.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A rule that a test spells out; what it leaves out takes its default.
 */
final class TestLimit {

	private final long limit;

	private @Nullable Match match;

	private @Nullable Enforcement enforcement;

	private int priority;

	private @Nullable CallKey key;

	private @Nullable Duration per;

	private @Nullable Long burst;

	private @Nullable Pacing pacing;

	private @Nullable Duration warmUp;

	private final Map<String, KeyLimit> overrides = new TreeMap<>();

	private boolean headers;

	private @Nullable Integer maxKeys;

	private @Nullable Scope scope;

	private @Nullable OnStoreFailure onStoreFailure;

	private TestLimit(long limit) {
		this.limit = limit;
	}

	static TestLimit of(long limit) {
		return new TestLimit(limit);
	}

	TestLimit match(Match match) {
		this.match = match;
		return this;
	}

	TestLimit enforcement(Enforcement enforcement) {
		this.enforcement = enforcement;
		return this;
	}

	TestLimit priority(int priority) {
		this.priority = priority;
		return this;
	}

	TestLimit key(@Nullable String key) {
		this.key = (key != null) ? CallKey.parse(key) : null;
		return this;
	}

	TestLimit per(@Nullable Duration per) {
		this.per = per;
		return this;
	}

	TestLimit perMillis(long millis) {
		return per(Duration.ofMillis(millis));
	}

	TestLimit burst(@Nullable Long burst) {
		this.burst = burst;
		return this;
	}

	TestLimit pacing(@Nullable Duration maxWait) {
		this.pacing = new Pacing(maxWait);
		return this;
	}

	TestLimit pacingMillis(long maxWait) {
		return pacing(Duration.ofMillis(maxWait));
	}

	TestLimit warmUp(@Nullable Duration warmUp) {
		this.warmUp = warmUp;
		return this;
	}

	TestLimit override(String value, long limit, @Nullable Long burst) {
		this.overrides.put(value, new KeyLimit(limit, burst));
		return this;
	}

	TestLimit headers() {
		this.headers = true;
		return this;
	}

	TestLimit maxKeys(@Nullable Integer maxKeys) {
		this.maxKeys = maxKeys;
		return this;
	}

	TestLimit cluster() {
		this.scope = Scope.CLUSTER;
		return this;
	}

	TestLimit onStoreFailure(OnStoreFailure onStoreFailure) {
		this.onStoreFailure = onStoreFailure;
		return this;
	}

	RateLimitRule rule() {
		return new RateLimitRule(this.match, this.enforcement, this.priority, this.key, this.limit, this.per,
				this.burst, this.pacing, this.warmUp, this.overrides, this.headers, this.maxKeys, this.scope,
				this.onStoreFailure);
	}

}
