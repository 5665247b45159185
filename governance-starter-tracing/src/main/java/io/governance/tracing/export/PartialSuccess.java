// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a backend refused of a message that it took otherwise.
 *
 * @param rejected how many spans it refused
 * @param reason what it says about it; may be empty
 */
record PartialSuccess(long rejected, String reason) {

	/**
	 * Nothing was refused.
	 */
	static final PartialSuccess ALL_TAKEN = new PartialSuccess(0, "");

	private static final int FIRST_NUMBER = 1 << 3;

	private static final int FIRST_BYTES = 1 << 3 | 2;

	private static final int SECOND_BYTES = 2 << 3 | 2;

	private static final int LONGEST_VARINT = 64;

	/**
	 * Reads an {@code ExportTraceServiceResponse} of OTLP. What cannot be read says
	 * nothing: the status has said that the message was taken.
	 * @param response the protocol buffers
	 */
	static PartialSuccess read(ByteBuffer response) {
		try {
			PartialSuccess read = ALL_TAKEN;
			while (response.hasRemaining()) {
				int tag = (int) varint(response);
				if (tag == FIRST_BYTES) {
					read = readFields(slice(response));
				}
				else {
					skip(tag, response);
				}
			}
			return read;
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return ALL_TAKEN;
		}
	}

	private static PartialSuccess readFields(ByteBuffer fields) {
		long rejected = 0;
		String reason = "";
		while (fields.hasRemaining()) {
			int tag = (int) varint(fields);
			if (tag == FIRST_NUMBER) {
				rejected = varint(fields);
			}
			else if (tag == SECOND_BYTES) {
				reason = StandardCharsets.UTF_8.decode(slice(fields)).toString();
			}
			else {
				skip(tag, fields);
			}
		}
		return new PartialSuccess(Math.max(0, rejected), reason);
	}

	private static void skip(int tag, ByteBuffer fields) {
		switch (tag & 7) {
			case 0 -> varint(fields);
			case 1 -> fields.getLong();
			case 2 -> slice(fields);
			case 5 -> fields.getInt();
			default -> throw new IllegalArgumentException("wire type: " + (tag & 7) + " (expected: 0, 1, 2 or 5)");
		}
	}

	private static ByteBuffer slice(ByteBuffer fields) {
		long length = varint(fields);
		if (length < 0 || length > fields.remaining()) {
			throw new BufferUnderflowException();
		}
		ByteBuffer slice = fields.slice(fields.position(), (int) length);
		fields.position(fields.position() + (int) length);
		return slice;
	}

	private static long varint(ByteBuffer fields) {
		long value = 0;
		for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
			byte part = fields.get();
			value |= (part & 0x7FL) << shift;
			if (part >= 0) {
				return value;
			}
		}
		throw new IllegalArgumentException("varint: longer than ten bytes (expected: at most ten)");
	}

}
