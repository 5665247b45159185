// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how traces travel, fixed at start. Which formats are read and written is
 * said with {@code management.tracing.propagation}.
 *
 * @param maxTracestateLength characters of the W3C tracestate header that are passed on,
 * at least 512; what a caller sends beyond is shortened by whole members
 */
@ConfigurationProperties("governance.tracing.propagation")
public record TracingPropagationProperties(@DefaultValue("512") int maxTracestateLength) {
}
