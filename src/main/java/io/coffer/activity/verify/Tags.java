package io.coffer.activity.verify;

/** Checks tags of checkpoints and stubs. */
public interface Tags {

  /** Stands in where no key can be had. */
  Tags UNCHECKED =
      new Tags() {
        @Override
        public boolean canCheck() {
          return false;
        }

        @Override
        public boolean fits(String domain, byte[] content, byte[] tag) {
          return true;
        }
      };

  /** Whether tags are checked at all. */
  boolean canCheck();

  /** Whether the tag was made over exactly this content. */
  boolean fits(String domain, byte[] content, byte[] tag);
}
