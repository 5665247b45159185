// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.governance.selection.Copy;
import io.governance.selection.Copy.Loss;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The copies of one call while its body passes by. What passes is kept as long as it may
 * be copied; the copies go out when the body is whole. Must be completed or abandoned;
 * what comes after that does nothing. One thread writes at a time.
 */
public final class Mirroring {

	private static final Set<String> OF_THE_BODY = Set.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_ENCODING,
			HttpHeaders.CONTENT_LANGUAGE, HttpHeaders.CONTENT_DISPOSITION);

	private final MirroredRequest request;

	private final List<Copy> copies;

	private final BiConsumer<Copy, byte[]> sender;

	private final long limit;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable ByteArrayOutputStream body = new ByteArrayOutputStream(0);

	Mirroring(MirroredRequest request, List<Copy> copies, BiConsumer<Copy, byte[]> sender) {
		this.request = request;
		this.copies = copies;
		this.sender = sender;
		this.limit = copies.stream().mapToLong(Copy::maxBodyBytes).max().orElse(0);
	}

	/**
	 * Takes over the headers that describe the body, where those are set only when it is
	 * written.
	 * @param written the headers of the request that is sent
	 */
	public void describe(HttpHeaders written) {
		for (String name : OF_THE_BODY) {
			List<String> values = written.get(name);
			if (values != null && !this.request.headers().containsHeader(name)) {
				this.request.headers().addAll(name, values);
			}
		}
	}

	/**
	 * A part of the body passes.
	 * @param bytes has the part
	 * @param offset where it begins
	 * @param length how long it is
	 */
	public void write(byte[] bytes, int offset, int length) {
		ByteArrayOutputStream kept = this.body;
		if (kept == null || this.ended.get()) {
			return;
		}
		if (kept.size() + (long) length > this.limit) {
			lose(Loss.TOO_LARGE);
			return;
		}
		kept.write(bytes, offset, length);
	}

	/**
	 * Whether a part of the body is still of use.
	 * @return whether it is
	 */
	public boolean isWanted() {
		return !this.ended.get();
	}

	/**
	 * The body is whole, or there is none: the copies go out.
	 */
	public void complete() {
		ByteArrayOutputStream kept = this.body;
		if (kept == null || !this.ended.compareAndSet(false, true)) {
			return;
		}
		this.body = null;
		byte[] bytes = kept.toByteArray();
		for (Copy copy : this.copies) {
			if (bytes.length > copy.maxBodyBytes()) {
				copy.lost(Loss.TOO_LARGE);
			}
			else {
				this.sender.accept(copy, bytes);
			}
		}
	}

	/**
	 * The body will not be whole.
	 */
	public void abandon() {
		lose(Loss.UNFINISHED);
	}

	private void lose(Loss loss) {
		if (this.ended.compareAndSet(false, true)) {
			this.body = null;
			this.copies.forEach((copy) -> copy.lost(loss));
		}
	}

}
