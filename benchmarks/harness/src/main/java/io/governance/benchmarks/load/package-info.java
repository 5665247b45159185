// SPDX-License-Identifier: Apache-2.0

/**
 * A small load generator for loopback: one thread, HTTP/1.1 with kept connections, either
 * as fast as the answers come (closed loop) or at a fixed rate whatever the answers do
 * (open loop, latencies counted from the intended start, so that a stall is not
 * forgotten).
 */
@NullMarked
package io.governance.benchmarks.load;

import org.jspecify.annotations.NullMarked;
