// SPDX-License-Identifier: Apache-2.0

/**
 * Takes an order: reserves the goods at the service inventory, then has them paid at the
 * service payments.
 */
@NullMarked
package io.governance.demo.orders;

import org.jspecify.annotations.NullMarked;
