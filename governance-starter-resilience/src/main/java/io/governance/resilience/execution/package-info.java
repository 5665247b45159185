// SPDX-License-Identifier: Apache-2.0

/**
 * Carries out one logical outbound call: asks the engine, sends attempts, waits between
 * them. What is decided is the same for blocking and reactive clients; only the waiting
 * differs. Knows no HTTP client.
 */
@NullMarked
package io.governance.resilience.execution;

import org.jspecify.annotations.NullMarked;
