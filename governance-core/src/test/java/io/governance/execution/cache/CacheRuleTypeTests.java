// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.time.Duration;
import java.util.List;

import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CacheRuleTypeTests {

	private final CacheRuleType type = new CacheRuleType();

	private static CacheRule rule(@Nullable Duration ttl, @Nullable Duration negativeTtl, @Nullable Duration maxWait,
			@Nullable Integer maxEntries, @Nullable Long maxBytes, @Nullable Long maxBodyBytes,
			@Nullable List<String> keyHeaders) {
		return new CacheRule(null, null, 0, ttl, negativeTtl, maxWait, maxEntries, maxBytes, maxBodyBytes, keyHeaders,
				false);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		CacheRule rule = rule(null, null, null, null, null, null, null);
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(List.of(rule.ttl(), rule.negativeTtl(), rule.maxWait())).extracting(Duration::toSeconds)
			.containsExactly(10L, 5L, 5L);
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void itActsOutboundAndOncePerCall() {
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND);
		assertThat(this.type.stage(rule(null, null, null, null, null, null, null), Direction.OUTBOUND))
			.isEqualTo(Stage.CACHE);
	}

	@Test
	void whatIsOutOfBoundsIsRefused() {
		Duration less = Duration.ofNanos(-1);
		assertThat(this.type.validate(rule(Duration.ofNanos(999_999), less, less, 0, 1_023L, -1L, List.of("a:b"))))
			.extracting(Violation::component)
			.containsExactly("ttl", "negative-ttl", "max-wait", "max-entries", "max-bytes", "max-body-bytes",
					"key-headers");
		Duration more = Duration.ofDays(1).plusNanos(1);
		assertThat(this.type
			.validate(rule(more, more, Duration.ofSeconds(61), 100_001, (1L << 30) + 1, (16L << 20) + 1, null)))
			.extracting(Violation::component)
			.containsExactly("ttl", "negative-ttl", "max-wait", "max-entries", "max-bytes", "max-body-bytes");
	}

	@Test
	void whatIsAtItsBoundsIsTaken() {
		assertThat(
				this.type.validate(rule(Duration.ofMillis(1), Duration.ZERO, Duration.ZERO, 1, 1_024L, 0L, List.of())))
			.isEmpty();
	}

}
