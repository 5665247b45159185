// SPDX-License-Identifier: Apache-2.0

/**
 * Real servers of registries other than Consul, for tests. A test that needs one is
 * skipped with the reason where there is none, or fails where {@code GOVERNANCE_REQUIRE}
 * names it.
 */
@NullMarked
package io.governance.test.registry;

import org.jspecify.annotations.NullMarked;
