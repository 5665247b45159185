// SPDX-License-Identifier: Apache-2.0

/**
 * Services and their checks: what is registered, what is healthy, what has expired.
 */
@NullMarked
package io.governance.embeddedconsul.catalog;

import org.jspecify.annotations.NullMarked;
