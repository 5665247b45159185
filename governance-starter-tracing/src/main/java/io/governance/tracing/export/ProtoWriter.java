// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the wire format of protocol buffers, version 3. A field is its number and wire
 * type as a varint, then the value: wire type 0 is a varint, 1 eight bytes and 5 four
 * bytes with the lowest first, 2 a length and as many bytes (strings, messages).
 */
final class ProtoWriter {

	private static final int VARINT = 0;

	private static final int FIXED64 = 1;

	private static final int LENGTH_DELIMITED = 2;

	private static final int FIXED32 = 5;

	private byte[] buffer;

	private int position;

	ProtoWriter(int capacity) {
		this.buffer = new byte[capacity];
	}

	ProtoWriter number(int field, long value) {
		tag(field, VARINT);
		return varint(value);
	}

	ProtoWriter fixed64(int field, long value) {
		tag(field, FIXED64);
		return lowestFirst(value, 8);
	}

	ProtoWriter fixed32(int field, int value) {
		tag(field, FIXED32);
		return lowestFirst(value, 4);
	}

	ProtoWriter text(int field, String value) {
		return bytes(field, value.getBytes(StandardCharsets.UTF_8));
	}

	ProtoWriter message(int field, ProtoWriter message) {
		header(field, message.position);
		return raw(message.buffer, message.position);
	}

	ProtoWriter bytes(int field, byte[] value) {
		header(field, value.length);
		return raw(value, value.length);
	}

	/**
	 * Starts a length-delimited field whose bytes the caller writes.
	 */
	ProtoWriter header(int field, int length) {
		tag(field, LENGTH_DELIMITED);
		return varint(length);
	}

	/**
	 * Writes fields that are encoded already.
	 */
	ProtoWriter raw(byte[] fields) {
		return raw(fields, fields.length);
	}

	byte[] toBytes() {
		return Arrays.copyOf(this.buffer, this.position);
	}

	/**
	 * The size of a length-delimited field with a number below 16.
	 */
	static int sizeOf(int length) {
		int size = 2;
		for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
			size++;
		}
		return size + length;
	}

	private void tag(int field, int wireType) {
		varint(((long) field << 3) | wireType);
	}

	private ProtoWriter varint(long value) {
		reserve(10);
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.buffer[this.position++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.buffer[this.position++] = (byte) rest;
		return this;
	}

	private ProtoWriter lowestFirst(long value, int count) {
		reserve(count);
		for (int i = 0; i < count; i++) {
			this.buffer[this.position++] = (byte) (value >>> (8 * i));
		}
		return this;
	}

	private ProtoWriter raw(byte[] value, int length) {
		reserve(length);
		System.arraycopy(value, 0, this.buffer, this.position, length);
		this.position += length;
		return this;
	}

	private void reserve(int count) {
		if (this.buffer.length - this.position < count) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(this.buffer.length * 2, this.position + count));
		}
	}

}
