// SPDX-License-Identifier: Apache-2.0

/**
 * The demo's services as they are written without any of our starters: registered by
 * Spring Cloud Consul, called by Spring Cloud LoadBalancer. They prove that a fleet may
 * change over one instance after the other.
 */
@NullMarked
package io.governance.demo.plain;

import org.jspecify.annotations.NullMarked;
