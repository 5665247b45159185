// SPDX-License-Identifier: Apache-2.0

/**
 * Real servers that tests start as processes of their own on the loopback address: what
 * all of them share.
 */
@NullMarked
package io.governance.test.process;

import org.jspecify.annotations.NullMarked;
