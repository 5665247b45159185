// SPDX-License-Identifier: Apache-2.0

/**
 * Measures how busy the CPU is, for the rules that ask.
 */
@NullMarked
package io.governance.cpu;

import org.jspecify.annotations.NullMarked;
