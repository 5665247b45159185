// SPDX-License-Identifier: Apache-2.0

/**
 * Fakes for tests of services and policies: a clock, a call, an upstream that does what
 * the test says, and a rule type that remembers.
 */
@NullMarked
package io.governance.test;

import org.jspecify.annotations.NullMarked;
