//! What was worked out once and may be asked for again.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

/// Bytes an entry takes beside what it holds: keys, maps, counts.
const OVERHEAD: usize = 400;

/// Things kept by a key and an age (`AppState::age`), bounded in bytes.
///
/// Half of the space holds what was put in or asked for lately; when it is full, it becomes the
/// older half, and what nobody has asked for since the last time goes.
pub struct Memory {
    half: usize,
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    young: HashMap<String, Entry>,
    old: HashMap<String, Entry>,
    /// Bytes in the young ones.
    bytes: usize,
}

struct Entry {
    age: u64,
    bytes: usize,
    cell: Arc<dyn Any + Send + Sync>,
}

impl Memory {
    /// Room for this many bytes.
    pub fn new(bytes: usize) -> Self {
        Self { half: bytes / 2, generations: Mutex::default() }
    }

    /// The place for what `key` means at `age`: it holds it already, or whoever comes first works
    /// it out while the others wait. An entry of a later age is as good: it knows more.
    pub fn cell<T: Send + Sync + 'static>(&self, key: &str, age: u64) -> Arc<OnceCell<T>> {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = generations.take(key).filter(|entry| entry.age >= age);
        let known = kept.and_then(|entry| Some((Arc::clone(&entry.cell).downcast::<OnceCell<T>>().ok()?, entry)));
        let (cell, entry) = known.unwrap_or_else(|| {
            let cell = Arc::new(OnceCell::new());
            (Arc::clone(&cell), Entry { age, bytes: OVERHEAD + key.len(), cell })
        });
        generations.put(key, entry, self.half);
        cell
    }

    /// What stands in the place of `key`, if it is good at `age`. Makes no place where there is none, so
    /// that whoever guesses keys displaces nothing.
    pub fn known<T: Clone + Send + Sync + 'static>(&self, key: &str, age: u64) -> Option<T> {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = generations.take(key)?;
        let cell = Arc::clone(&entry.cell).downcast::<OnceCell<T>>().ok().filter(|_| entry.age >= age);
        generations.put(key, entry, self.half);
        cell.and_then(|cell| cell.get().cloned())
    }

    /// Says how many bytes were put into the place of this key and age.
    pub fn weigh(&self, key: &str, age: u64, bytes: usize) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut entry) = generations.take(key) {
            if entry.age == age {
                entry.bytes += bytes;
            }
            generations.put(key, entry, self.half);
        }
    }
}

impl Generations {
    fn take(&mut self, key: &str) -> Option<Entry> {
        let Some(entry) = self.young.remove(key) else { return self.old.remove(key) };
        self.bytes -= entry.bytes;
        Some(entry)
    }

    fn put(&mut self, key: &str, entry: Entry, half: usize) {
        if self.bytes + entry.bytes > half {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        // What is larger than all the room is kept by whoever asked for it, and nowhere else.
        if entry.bytes <= half {
            self.bytes += entry.bytes;
            self.young.insert(key.to_owned(), entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(memory: &Memory, key: &str, age: u64, value: u32, bytes: usize) {
        let _ = memory.cell::<u32>(key, age).set(value);
        memory.weigh(key, age, bytes);
    }

    #[test]
    fn asking_what_is_known_makes_no_place() {
        let memory = Memory::new(10_000);
        keep(&memory, "a", 7, 1, 10);
        assert_eq!((memory.known::<u32>("a", 7), memory.known::<u32>("a", 8), memory.known::<u32>("b", 7)), (Some(1), None, None));
        assert_eq!((memory.known::<u32>("a", 7), memory.known::<String>("a", 7)), (Some(1), None), "asking too late takes nothing away");
        assert_eq!(memory.generations.lock().unwrap().young.len(), 1);
    }

    fn kept(memory: &Memory, key: &str, age: u64) -> Option<u32> {
        memory.cell::<u32>(key, age).get().copied()
    }

    #[test]
    fn what_is_kept_is_good_for_its_age_and_earlier_ones() {
        let memory = Memory::new(10_000);
        keep(&memory, "a", 7, 1, 10);
        assert_eq!((kept(&memory, "a", 6), kept(&memory, "a", 7), kept(&memory, "b", 7)), (Some(1), Some(1), None));
        assert_eq!(kept(&memory, "a", 8), None);
        assert_eq!(kept(&memory, "a", 7), None, "the place belongs to the later age from now on");
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let memory = Memory::new(20_000);
        keep(&memory, "often", 1, 1, 100);
        keep(&memory, "once", 1, 2, 100);
        for n in 0..100 {
            keep(&memory, &format!("other {n}"), 1, n, 600);
            assert_eq!(kept(&memory, "often", 1), Some(1), "after {n}");
        }
        assert_eq!(kept(&memory, "once", 1), None);
        let generations = memory.generations.lock().unwrap();
        let bytes = |entries: &HashMap<String, Entry>| entries.values().map(|entry| entry.bytes).sum::<usize>();
        assert_eq!(bytes(&generations.young), generations.bytes);
        assert!(bytes(&generations.young) <= 10_000 && bytes(&generations.old) <= 10_000);
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let memory = Memory::new(2_000);
        keep(&memory, "small", 1, 1, 10);
        keep(&memory, "large", 1, 2, 5_000);
        assert_eq!(kept(&memory, "large", 1), None);
        let none = Memory::new(0);
        keep(&none, "a", 1, 1, 0);
        assert_eq!(kept(&none, "a", 1), None);
    }
}
