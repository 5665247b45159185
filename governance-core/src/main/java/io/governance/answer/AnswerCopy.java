// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Copies a body as its reader reads it; a body that is too large, or is not read to its
 * end, is no copy. Written to by one thread at a time; may be abandoned by any.
 */
public final class AnswerCopy {

	private final AnswerHead head;

	private final long maxBytes;

	private final Consumer<@Nullable Answer> ended;

	private final Runnable cancelled;

	private final AtomicBoolean done = new AtomicBoolean();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	/**
	 * Begins a copy.
	 * @param head the head of the response
	 * @param maxBytes how large a body may be
	 * @param ended is told once: the whole answer, or {@code null} when there is none
	 */
	public AnswerCopy(AnswerHead head, long maxBytes, Consumer<@Nullable Answer> ended) {
		this(head, maxBytes, ended, () -> ended.accept(null));
	}

	/**
	 * Begins a copy for somebody who wants to know whether the caller gave it up.
	 * @param head the head of the response
	 * @param maxBytes how large a body may be
	 * @param ended is told once: the whole answer, or {@code null} when there is none
	 * @param cancelled is run in place of that where there is none since the caller gave
	 * the call up
	 */
	public AnswerCopy(AnswerHead head, long maxBytes, Consumer<@Nullable Answer> ended, Runnable cancelled) {
		this.head = head;
		this.maxBytes = maxBytes;
		this.ended = ended;
		this.cancelled = cancelled;
	}

	/**
	 * Copies some of the body.
	 * @param some what was read; its position stays
	 */
	public void write(ByteBuffer some) {
		if (room(some.remaining())) {
			byte[] copied = new byte[some.remaining()];
			some.duplicate().get(copied);
			this.bytes.writeBytes(copied);
		}
	}

	/**
	 * Copies some of the body.
	 * @param some holds what was read
	 * @param offset where that begins
	 * @param length how much it is
	 */
	public void write(byte[] some, int offset, int length) {
		if (room(length)) {
			this.bytes.write(some, offset, length);
		}
	}

	private boolean room(int length) {
		if (this.done.get()) {
			return false;
		}
		if (this.bytes.size() + (long) length > this.maxBytes) {
			abandon();
			return false;
		}
		return true;
	}

	/**
	 * The body was read to its end.
	 */
	public void complete() {
		if (this.done.compareAndSet(false, true)) {
			this.ended.accept(this.head.with(this.bytes.toByteArray()));
		}
	}

	/**
	 * A method gave its value, which is the copy.
	 * @param value the value; {@code null} for nothing
	 */
	public void complete(@Nullable Object value) {
		if (this.done.compareAndSet(false, true)) {
			this.ended.accept(new Answer(this.head.status(), this.head.headers(), new byte[0], value));
		}
	}

	/**
	 * The rest of the body will not be read. After {@link #complete()} this does nothing.
	 */
	public void abandon() {
		if (this.done.compareAndSet(false, true)) {
			this.ended.accept(null);
		}
	}

	/**
	 * The caller gave the call up while it read the body. After {@link #complete()} this
	 * does nothing.
	 */
	public void cancel() {
		if (this.done.compareAndSet(false, true)) {
			this.cancelled.run();
		}
	}

}
