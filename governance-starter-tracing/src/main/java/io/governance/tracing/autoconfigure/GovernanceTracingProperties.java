// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the tracing starter, fixed at start.
 *
 * @param enabled whether the tracing starter does anything
 * @param baggage baggage keys that are read from callers and passed on to called services
 * in the W3C baggage header; all other keys end at this process
 * @param mdc baggage keys whose values are put into the logging context (MDC)
 * @param spanTags baggage keys whose values become tags of every span
 * @param instrumentClients whether client builders and templates that are beans, but were
 * not configured by Spring Boot, are observed too
 * @param responseHeader response header that names the trace
 */
@ConfigurationProperties("governance.tracing")
public record GovernanceTracingProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("lane") List<String> baggage, @DefaultValue List<String> mdc, @DefaultValue List<String> spanTags,
		@DefaultValue("true") boolean instrumentClients, @DefaultValue ResponseHeader responseHeader) {

	/**
	 * The response header that names the trace.
	 *
	 * @param enabled whether responses carry the trace id
	 * @param name name of the header
	 */
	public record ResponseHeader(@DefaultValue("true") boolean enabled, @DefaultValue("X-Trace-Id") String name) {
	}

}
