// SPDX-License-Identifier: Apache-2.0

/**
 * A real Consul for tests, and the contract that it and the embedded registry fulfil. A
 * test that needs what the machine does not have is skipped with the reason, or fails
 * where the environment variable {@code GOVERNANCE_REQUIRE} demands it.
 */
@NullMarked
package io.governance.test.consul;

import org.jspecify.annotations.NullMarked;
