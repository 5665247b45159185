// SPDX-License-Identifier: Apache-2.0

/**
 * Fakes for tests of services and policies: a clock, a call, an upstream that does what
 * the test says, and a rule type that remembers. A test that needs what the machine does
 * not have is skipped with the reason, or fails where the environment variable
 * {@code GOVERNANCE_REQUIRE} demands it.
 */
@NullMarked
package io.governance.test;

import org.jspecify.annotations.NullMarked;
