// SPDX-License-Identifier: Apache-2.0

/**
 * Beans of the application, as far as rules may name them.
 */
@NullMarked
package io.governance.bean;

import org.jspecify.annotations.NullMarked;
