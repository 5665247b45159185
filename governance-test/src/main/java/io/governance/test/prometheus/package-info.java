// SPDX-License-Identifier: Apache-2.0

/**
 * A real Prometheus, and its promtool, for tests. A test that needs them where they are
 * missing is skipped with the reason, or fails where the environment variable
 * {@code GOVERNANCE_REQUIRE} demands {@code prometheus}.
 */
@NullMarked
package io.governance.test.prometheus;

import org.jspecify.annotations.NullMarked;
