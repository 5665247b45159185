// SPDX-License-Identifier: Apache-2.0

/**
 * The load-balancer hook: gives each attempt of a {@code @LoadBalanced} client an
 * instance in place of the service's name. Bodies stream through it.
 */
@NullMarked
package io.governance.discovery.client;

import org.jspecify.annotations.NullMarked;
