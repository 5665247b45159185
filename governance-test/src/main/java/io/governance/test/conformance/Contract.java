// SPDX-License-Identifier: Apache-2.0

package io.governance.test.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What several adapters must do: the test methods of the type and of all that it extends
 * and implements are its scenarios. {@code docs/contracts.md} lists them, and the summary
 * of a test run counts them.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Contract {

}
