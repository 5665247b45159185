// SPDX-License-Identifier: Apache-2.0

/**
 * Routes that come from the registry.
 */
@NullMarked
package io.governance.gateway.route;

import org.jspecify.annotations.NullMarked;
