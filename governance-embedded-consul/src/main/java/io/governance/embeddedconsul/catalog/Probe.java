// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the agent asks an instance for its health.
 *
 * @param target a URL, or {@code host:port} for a TCP probe
 * @param http whether the target is a URL
 * @param method HTTP method
 * @param headers HTTP headers
 * @param interval time between two probes
 * @param timeout longest time to wait for one answer
 */
public record Probe(String target, boolean http, String method, Map<String, List<String>> headers, Duration interval,
		Duration timeout) {
}
