// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of context propagation, fixed at start.
 *
 * @param enabled whether the context of a call crosses to the threads that work for it
 * @param executors whether executors that the application makes carry it too, not only
 * those of Spring Boot; also whether tasks that a scheduler runs once, later, do
 * @param deadline whether tasks handed to another thread have the deadline of the call
 * that started them
 */
@ConfigurationProperties("governance.tracing.context")
record TracingContextProperties(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean executors,
		@DefaultValue("true") boolean deadline) {
}
