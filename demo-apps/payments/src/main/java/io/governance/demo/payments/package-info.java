// SPDX-License-Identifier: Apache-2.0

/**
 * Accepts payments, once per order.
 */
@NullMarked
package io.governance.demo.payments;

import org.jspecify.annotations.NullMarked;
