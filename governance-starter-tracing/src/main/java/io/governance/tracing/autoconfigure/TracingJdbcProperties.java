// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the spans of database statements, fixed at start.
 *
 * @param enabled whether statements have a span
 * @param statementText whether the span has the text of the statement; values of
 * parameters are never in it
 */
@ConfigurationProperties("governance.tracing.jdbc")
record TracingJdbcProperties(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean statementText) {
}
