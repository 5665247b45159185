// SPDX-License-Identifier: Apache-2.0

/**
 * The programs under test: each a process of its own, pinned to one core, and the
 * loopback servers they talk to.
 */
@NullMarked
package io.governance.benchmarks.process;

import org.jspecify.annotations.NullMarked;
