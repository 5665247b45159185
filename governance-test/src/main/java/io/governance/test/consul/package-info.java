// SPDX-License-Identifier: Apache-2.0

/**
 * A real Consul for tests, and the contract that it and the embedded registry fulfil.
 */
@NullMarked
package io.governance.test.consul;

import org.jspecify.annotations.NullMarked;
