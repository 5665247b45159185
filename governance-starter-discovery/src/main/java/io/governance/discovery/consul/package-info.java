// SPDX-License-Identifier: Apache-2.0

/**
 * A small, strict client of Consul's HTTP API, and the instance source that it feeds.
 * Every answer that is not a success is an error; every wait has an end.
 */
@NullMarked
package io.governance.discovery.consul;

import org.jspecify.annotations.NullMarked;
