// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.nio.ByteBuffer;

import io.governance.discovery.mirror.Mirroring;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Shows what passes by to the copies of a call.
 */
public final class MirroredBuffers {

	private MirroredBuffers() {
	}

	/**
	 * Shows a buffer, which stays as it is.
	 * @param buffer a part of the body
	 * @param copies the copies
	 */
	public static void show(DataBuffer buffer, Mirroring copies) {
		if (copies.isWanted()) {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(bytes), 0, bytes.length);
			copies.write(bytes, 0, bytes.length);
		}
	}

}
