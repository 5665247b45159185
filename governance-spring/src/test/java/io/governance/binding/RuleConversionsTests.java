// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleConversionsTests {

	@Test
	void whatMayBeWrittenIsNamedAsItIsWritten() {
		assertThat(RuleConversions.expected(OnStoreFailure.class)).isEqualTo("one of local-share, open, closed");
	}

}
