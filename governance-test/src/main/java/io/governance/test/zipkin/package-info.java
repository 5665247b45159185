// SPDX-License-Identifier: Apache-2.0

/**
 * A real Zipkin server for tests. A test that needs one is skipped with the reason where
 * there is none, or fails where {@code GOVERNANCE_REQUIRE} names {@code zipkin}.
 */
@NullMarked
package io.governance.test.zipkin;

import org.jspecify.annotations.NullMarked;
