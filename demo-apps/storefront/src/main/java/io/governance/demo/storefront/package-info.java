// SPDX-License-Identifier: Apache-2.0

/**
 * The shop's front door. Takes orders from outside and passes them on to the service
 * orders; knows nothing about stock or money.
 */
@NullMarked
package io.governance.demo.storefront;

import org.jspecify.annotations.NullMarked;
