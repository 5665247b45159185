// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

/**
 * How a line of the access log looks.
 */
public enum AccessLogFormat {

	/** The fields in the order of Envoy's default format. */
	TEXT,

	/** One JSON object with the same fields by name, and more. */
	JSON

}
