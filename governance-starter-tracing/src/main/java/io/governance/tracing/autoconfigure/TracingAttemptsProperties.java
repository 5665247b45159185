// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the spans of single attempts, fixed at start.
 *
 * @param enabled whether each attempt of a call has a span of its own
 */
@ConfigurationProperties("governance.tracing.attempts")
record TracingAttemptsProperties(@DefaultValue("true") boolean enabled) {
}
