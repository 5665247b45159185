// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.List;

import brave.Tags;
import brave.handler.MutableSpan;
import brave.handler.MutableSpanBytesEncoder;

/**
 * Zipkin's JSON, version 2.
 */
final class ZipkinEncoder implements SpanEncoder {

	private final MutableSpanBytesEncoder json = MutableSpanBytesEncoder.zipkinJsonV2(Tags.ERROR);

	@Override
	public String mediaType() {
		return "application/json";
	}

	@Override
	public byte[] encode(MutableSpan span) {
		return this.json.encode(span);
	}

	@Override
	public byte[] message(List<byte[]> spans) {
		int length = spans.size() + 1;
		for (byte[] span : spans) {
			length += span.length;
		}
		byte[] message = new byte[Math.max(length, 2)];
		int position = 0;
		for (byte[] span : spans) {
			message[position] = (byte) ((position == 0) ? '[' : ',');
			System.arraycopy(span, 0, message, position + 1, span.length);
			position += span.length + 1;
		}
		message[0] = '[';
		message[message.length - 1] = ']';
		return message;
	}

}
