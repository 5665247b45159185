// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.List;

import brave.handler.MutableSpan;

/**
 * Writes spans in a backend's format. Thread-safe.
 */
interface SpanEncoder {

	/**
	 * The media type of a message over HTTP.
	 */
	String mediaType();

	/**
	 * Writes one span.
	 * @throws RuntimeException if it cannot be written
	 */
	byte[] encode(MutableSpan span);

	/**
	 * Joins encoded spans to what a backend takes in one request.
	 */
	byte[] message(List<byte[]> spans);

}
